namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>A provider's answer cannot be believed or was not had. The message is for the operator's log; whoever signs in is told that it failed.</summary>
internal sealed class ProviderFaultException(string message, Exception? cause = null) : Exception(message, cause);
