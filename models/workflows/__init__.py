"""The register of marketplaces: a shop's `marketplace` names one of these."""

from models.workflow import Workflow
from models.workflows.globus import GLOBUS
from models.workflows.own import OWN
from models.workflows.rozetka import ROZETKA

WORKFLOWS: dict[str, Workflow] = {workflow.name: workflow for workflow in (ROZETKA, GLOBUS, OWN)}
