namespace AliveMcp.Servers.Catalogue;

/// <summary>Told when a server is gone from every table: what Redis still holds of it is deleted by name.</summary>
/// <param name="ServerId">The server's number, which no other server ever gets.</param>
public sealed record ServerErased(int ServerId);
