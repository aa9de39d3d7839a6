"""The parts of the page of countries: the list to choose from, what is known of one, its dossier."""
