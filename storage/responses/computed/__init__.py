"""What is computed of the answers: tables for the engine, profiles, publications, what a closing would show.

Knows ``scoring`` and loads pandas, so that nothing else of this room may import it.
Ignores how answers came in.
"""
