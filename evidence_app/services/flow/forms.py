"""The diagram in the form its review has chosen."""

from evidence_app.domain.flow import Flow, FlowForm
from evidence_app.services.flow.charts import Chart
from evidence_app.services.flow.exploratory import exploratory
from evidence_app.services.flow.prisma_2020 import prisma_2020


def chart(flow: Flow) -> Chart:
    """Return the diagram in its form."""
    return exploratory(flow) if flow.form is FlowForm.EXPLORATORY else prisma_2020(flow)
