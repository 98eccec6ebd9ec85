"""Quality of monitoring data: what looks wrong in a series, told with its figures. A finding accuses nobody and deletes nothing."""
