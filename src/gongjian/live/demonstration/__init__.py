"""What made-up instruments and vehicles upload in the demonstration, so that the live pages have something to show. Pure."""
