"""Mobile sources (移动源): vehicles, fleets, machines, fuel, charging."""
