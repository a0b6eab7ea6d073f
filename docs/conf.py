"""How the documentation is built: make docs."""

project = "Mainstay"
author = "The Mainstay contributors"
project_copyright = "The Mainstay contributors"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
suppress_warnings = ["myst.header"]  # a page may start below its first level

html_theme = "furo"
html_title = "Mainstay"
