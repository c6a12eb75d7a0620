"""What an editor should know before readers do: one file a rule."""
