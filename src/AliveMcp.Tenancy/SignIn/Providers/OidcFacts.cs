namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>What is known of one provider: its document and its keys, kept for a while. Every process asks for itself; nothing is decided by it.</summary>
internal sealed class OidcFacts(string issuer, ProviderHttp http, TimeProvider clock)
{
    private static readonly TimeSpan DocumentFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeysFor = TimeSpan.FromHours(1);

    /// <summary>A token with a key that we do not know makes us look again, but not more often than this: tokens are strangers' to send.</summary>
    private static readonly TimeSpan KeysAgainAfter = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private (OidcDocument Document, DateTimeOffset At)? _document;
    private (IReadOnlyList<SigningKey> Keys, DateTimeOffset At)? _keys;

    /// <exception cref="ProviderFaultException">It cannot be had or is not good.</exception>
    public async Task<OidcDocument> DocumentAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_document is not { } known || clock.GetUtcNow() - known.At > DocumentFor)
            {
                var read = await http.GetAsync(OidcDocument.UriOf(issuer), cancellationToken);
                _document = known = (OidcDocument.Read(read, issuer), clock.GetUtcNow());
            }

            return known.Document;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>The provider's keys; asked for anew when they are old or none has the wanted name: providers rotate them.</summary>
    /// <exception cref="ProviderFaultException">They cannot be had.</exception>
    public async Task<IReadOnlyList<SigningKey>> KeysAsync(string? wanted, CancellationToken cancellationToken)
    {
        var document = await DocumentAsync(cancellationToken);
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_keys is not { } known || IsDue(known, wanted))
            {
                var read = await http.GetAsync(document.Keys, cancellationToken);
                _keys = known = (SigningKey.ReadSet(read), clock.GetUtcNow());
            }

            return known.Keys;
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool IsDue((IReadOnlyList<SigningKey> Keys, DateTimeOffset At) known, string? wanted)
    {
        var age = clock.GetUtcNow() - known.At;
        var isMissing = wanted is null
            ? known.Keys.Count == 0
            : known.Keys.All(key => !string.Equals(key.Id, wanted, StringComparison.Ordinal));
        return age > KeysFor || (isMissing && age >= KeysAgainAfter);
    }
}
