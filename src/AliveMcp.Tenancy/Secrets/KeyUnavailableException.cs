namespace AliveMcp.Tenancy.Secrets;

/// <summary>A secret cannot be opened or put in: a key is not there, or what is stored is not what was sealed. Its message holds no secret.</summary>
public sealed class KeyUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
