"""The signed-in face: battle map, measures, workbenches, documents."""
