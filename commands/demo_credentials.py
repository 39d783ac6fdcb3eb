"""The address of the demonstration's trial campaign, and the account of its pilot."""

# Printed for all to see.
TRIAL_SLUG, TRIAL_TOKEN, TRIAL_CODE = "demonstration", "essai", "KDR4TX"
DEMO_EMAIL, DEMO_PASSWORD = "demo@grille.example", "grille-demo"
