namespace AliveMcp.Servers.Files;

/// <summary>How one server must stand for a change of it to be made; looked at behind the lock of the tenant's catalogue.</summary>
/// <param name="Slug">Which one.</param>
/// <param name="Etag">What <see cref="ServerEtag"/> says of it; null: there must be none of that slug.</param>
internal sealed record ServerGuard(string Slug, string? Etag);
