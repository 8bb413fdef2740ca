"""The ground floor: what every other room, the register and the dashboard included, may stand on."""
