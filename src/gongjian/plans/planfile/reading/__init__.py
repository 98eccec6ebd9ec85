"""Understanding a published plan, step by step: lines → columns → tasks → pieces → measures, doubting on the way."""
