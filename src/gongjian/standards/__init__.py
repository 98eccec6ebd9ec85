"""National and local environmental standards as pure rules: numbers in, judged numbers out. Every limit is dated data."""
