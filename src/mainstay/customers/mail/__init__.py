"""E-mails on the timeline: from files and from mailboxes, and why some are left out."""
