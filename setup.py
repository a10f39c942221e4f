"""What pyproject.toml cannot say: `resources/` lies at the root and travels inside the package."""

from setuptools import find_packages, setup

RESOURCES = "village_app.resource_files"

setup(
    packages=[*find_packages(include=["village_app", "village_app.*"]), RESOURCES],
    package_dir={RESOURCES: "resources"},
    package_data={RESOURCES: ["**/*"]},
)
