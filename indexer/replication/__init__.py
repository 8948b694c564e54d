"""What several machines share through an object store: who writes, and copies of the writer's files."""
