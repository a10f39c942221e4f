"""The parts of 备份与设置."""
