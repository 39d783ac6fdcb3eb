# « make » alone prints help: the text after ## is what it says of each target.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
python := .venv/bin/python
pytest := $(python) -m pytest -n 2 --dist loadfile
# npm looks for node by its name, and so do the programs that it runs.
npm := PATH="$(CURDIR)/.venv/bin:$$PATH" npm run --silent
long_counts := --fuzz 50000 --kills 200

help: ## affiche cette aide
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{ printf "%-20s %s\n", $$1, $$2 }'

run: ## prépare tout et sert Grille sur http://127.0.0.1:8000 (PORT=…, DATA=dossier, DEMO=0)
	@scripts/run.sh

check: environment node-packages ## les relecteurs automatiques : style, types, couches, documents (30 secondes)
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(npm) check
	$(python) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	$(python) -m pytest tests/docs tests/deploy/test_requirements.py

test-fast: environment node-packages ## les tests sans navigateur, serveur ni longs calculs (2 minutes)
	$(npm) unit
	$(pytest) -m "not journey and not server and not heavy"

test: environment ## toutes les vérifications puis tous les tests, navigateur compris (15 minutes)
	@scripts/test-tools.sh
	@$(MAKE) check
	$(npm) unit
	$(pytest)

test-long: environment ## avant une version : ce qui est trop long pour « make test » (45 minutes, en root sur Debian)
	@scripts/test-tools.sh
	$(pytest) --long -m long
	$(pytest) $(long_counts) tests/fuzz tests/storage/core/test_durability.py tests/journeys/test_kills.py
	scripts/bare-debian.sh bookworm run test
	scripts/bare-debian.sh trixie run test-fast

javascript: environment node-packages ## met en forme web/javascript/ et refait web/static/js/, qui est servi
	$(npm) format
	$(npm) build

lock: environment ## réécrit requirements*.txt et package-lock.json : versions et empreintes (demande le réseau)
	@scripts/lock.sh

demo: ## ajoute la démonstration à une base de données vide
	@scripts/environment.sh
	$(python) -m flask --app app database migrate
	$(python) -m flask --app app demo

screenshots: environment ## photographie chaque page en trois largeurs dans tests/journeys/pictures/
	@scripts/test-tools.sh chromium
	$(python) -m pytest tests/journeys/test_every_page.py --pictures

pictures: environment ## refait les images de la documentation, dans docs/pictures/
	@scripts/test-tools.sh chromium
	$(python) -m tests.journeys.pictures

messages: environment ## rassemble dans messages.pot les phrases à traduire
	$(python) -m babel.messages.frontend extract --omit-header -k counted:1,2 -k lazy_gettext -k marked -F babel.cfg -o messages.pot .

benchmarks: environment ## mesure ce que coûtent les pages et les calculs (plusieurs minutes)
	@set -e; for one in $(filter-out bare demonstration endurance reference,$(basename $(notdir $(wildcard benchmarks/[a-z]*.py)))) method; do \
		echo "== $$one"; $(python) -m benchmarks.$$one; done

measure: environment ## compte ce qui garde le code clair : cercles, vieux mots, longueurs, doublons (LIST=1 : les nomme)
	@$(python) -m scripts.measure $(if $(LIST),--list)

audit: environment ## cherche les failles connues dans les dépendances (demande l’accès à PyPI et à npm)
	@scripts/audit.sh

clean: ## efface ce qui se refait : environnement et caches, jamais les données
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache tests/journeys/pictures messages.pot
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@scripts/environment.sh requirements-dev.txt

node-packages:
	@scripts/node-packages.sh

.PHONY: help run check test-fast test test-long javascript lock demo screenshots pictures messages benchmarks measure audit \
	clean environment node-packages
