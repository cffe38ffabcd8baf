"""Training by preference: pairs of works, labelled by people, by figures or by a discriminator. ``rounds`` conducts."""
