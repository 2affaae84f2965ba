"""The machine behind the sockets: heat, filament, jobs, files."""
