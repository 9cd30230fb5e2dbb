namespace AliveMcp.Egress;

/// <summary>This machine could not ask for a name's addresses: nothing was learnt about the name. Never leaves the room.</summary>
internal sealed class ResolverFaultException(string message) : Exception(message);
