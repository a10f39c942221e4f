"""What every page needs: home, search, notebook, attachments, links, reports."""
