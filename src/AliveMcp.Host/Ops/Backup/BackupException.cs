namespace AliveMcp.Host.Ops.Backup;

/// <summary>A backup or its check cannot go on; the message is for the person at the terminal.</summary>
internal sealed class BackupException(string message, Exception? cause = null) : Exception(message, cause);
