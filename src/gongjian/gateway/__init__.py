"""The gateway: TCP listeners for devices. What is answered is durable; what is refused is kept; what is silent or greedy is let go.

``sessions`` decide without sockets, ``links`` are the sockets, ``committing`` collects what sessions keep and hands it to a writer process
(``writing``), and lets an answer go only when its data are on the disk. ``serving`` puts it together; ``simulation`` is the other end.
"""
