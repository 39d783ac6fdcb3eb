"""Every command, put together."""

from commands.account import account
from commands.audit import audit
from commands.campaigns.campaign import campaign
from commands.campaigns.campaign_answers import answers_command, import_command, undo_import_command
from commands.campaigns.editions import editions_command
from commands.campaigns.outside_forms import form_command
from commands.database import database
from commands.demo.command import demo
from commands.grid import grid
from commands.grid_texts import texts
from commands.instrument import instrument
from commands.jobs import jobs
from commands.programme.digest import digest_command
from commands.programme.export import programme
from commands.programme.sqlite import sqlite_command
from commands.purge import purge
from commands.score import score

# What concerns answers stands in a module of its own.
campaign.add_command(import_command)
campaign.add_command(answers_command)
campaign.add_command(undo_import_command)
campaign.add_command(editions_command)
campaign.add_command(form_command)
programme.add_command(digest_command)
programme.add_command(sqlite_command)
grid.add_command(texts)

COMMANDS = (database, account, audit, campaign, demo, grid, instrument, jobs, programme, purge, score)
