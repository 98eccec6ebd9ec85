"""The live pages (在线监测): what stations and vehicles say now, curves with what binds and what was found, roses, the talk of devices."""
