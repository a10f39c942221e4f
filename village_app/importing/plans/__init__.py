"""What would happen: compared with the register, with reasons and decisions."""
