using System.Security.Cryptography.X509Certificates;

namespace AliveMcp.Testing.Zoo;

/// <summary>Where an animal can be visited, until it is disposed of.</summary>
public sealed class Cage(Uri url, IAsyncDisposable? inmate = null, X509Certificate2? root = null) : IAsyncDisposable
{
    public Uri Url => url;

    /// <summary>The root that must be trusted to see it well; null leaves that to the system.</summary>
    public X509Certificate2? Root => root;

    public ValueTask DisposeAsync() => inmate?.DisposeAsync() ?? ValueTask.CompletedTask;
}
