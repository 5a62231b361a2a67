"""The registry of sites and of the platforms whose markup they share."""

from scraper.sites.detect import detect_platform
from scraper.sites.fault import ProfileError
from scraper.sites.profile import Profile
from scraper.sites.registry import is_ours, load_profile, profile_file, profiles, read_profile
from scraper.sites.site import VIETNAM, Site

__all__ = [
    "VIETNAM",
    "Profile",
    "ProfileError",
    "Site",
    "detect_platform",
    "is_ours",
    "load_profile",
    "profile_file",
    "profiles",
    "read_profile",
]
