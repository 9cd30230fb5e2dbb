namespace AliveMcp.Probing.Transports;

/// <summary>
/// The session ids that one server handed out. Taken from the head of an answer at once, so that a session is ended even when the answer behind it never comes.
/// Ids that are not ours to use (given outside the handshake, or a second time) are kept to be ended: a server that hands them out may hold memory for each.
/// </summary>
internal sealed class SessionIds
{
    // Enough to see the habit; a goodbye is short.
    private const int MostStrays = 4;

    private readonly List<string> _strays = [];

    /// <summary>The id that requests carry; null without a session.</summary>
    public string? Current { get; private set; }

    public IReadOnlyList<string> Strays => _strays;

    /// <summary>An id came that no header may carry: visible ASCII is all that the protocol allows.</summary>
    public bool Unusable { get; private set; }

    public bool IsEmpty => Current is null && _strays.Count == 0;

    /// <summary>Notes what an answer's head says.</summary>
    /// <param name="mayAdopt">The era knows sessions: the first id is the one to use.</param>
    public void Note(HttpResponseMessage response, bool mayAdopt)
    {
        if (!response.Headers.NonValidated.TryGetValues("Mcp-Session-Id", out var values))
        {
            return;
        }

        var session = values.ToString();
        if (session.Length == 0 || session.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            Unusable = true;
        }
        else if (Current is null && mayAdopt)
        {
            Current = session;
        }
        else if (session != Current && _strays.Count < MostStrays && !_strays.Contains(session, StringComparer.Ordinal))
        {
            _strays.Add(session);
        }
    }

    /// <summary>No request carries the session any more; it is still to be ended.</summary>
    public void SetAside()
    {
        if (Current is { } session)
        {
            _strays.Add(session);
            Current = null;
        }
    }

    public void Clear()
    {
        Current = null;
        _strays.Clear();
    }
}
