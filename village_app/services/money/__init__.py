"""The ledger, disclosure, budgets, funds and collective assets."""
