namespace AliveMcp.Host.Embedded.Children;

/// <summary>A child could not be started; the message is for the person at the terminal.</summary>
public sealed class ChildFailedException(string message) : Exception(message);
