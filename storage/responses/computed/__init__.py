"""What is computed from answers: tables for scoring, profiles, publications, previews of a closing.

Knows ``scoring`` and loads pandas, so that no other module of ``responses`` may import it.
Ignores how answers came in.
"""
