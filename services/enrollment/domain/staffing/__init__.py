"""Who serves: volunteering by the person, and fitness to be given a duty."""
