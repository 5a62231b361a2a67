"""The registry of sites and of the platforms whose markup they share."""

from scraper.sites.detect import detect_platform
from scraper.sites.fault import ProfileError
from scraper.sites.profile import Profile
from scraper.sites.registry import load_profile, profiles, read_profile
from scraper.sites.site import VIETNAM, Site

__all__ = [
    "VIETNAM",
    "Profile",
    "ProfileError",
    "Site",
    "detect_platform",
    "load_profile",
    "profiles",
    "read_profile",
]
