"""The OpenAPI document as others read it."""

from __future__ import annotations

import pytest
from openapi_spec_validator import validate

from tests.integration.gateway.conftest import Platform


@pytest.mark.clause("P1-085")
def test_the_document_is_valid_openapi(platform: Platform):
    validate(platform.app.test_client().get("/openapi.json").json)
