-- Operators make tenants at a terminal, as the worker: their numbers come from the same sequence as those that people make.
GRANT USAGE ON SEQUENCE tenancy.tenant_number TO alivemcp_worker;
