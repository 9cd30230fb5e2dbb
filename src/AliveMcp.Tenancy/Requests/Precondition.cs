using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AliveMcp.Tenancy.Requests;

/// <summary>What <c>If-Match</c> says: which states of a thing the caller is ready to change.</summary>
public sealed class Precondition
{
    private readonly IReadOnlyList<string> _etags;

    private Precondition(bool isGiven, bool isAny, IReadOnlyList<string> etags) =>
        (IsGiven, IsAny, _etags) = (isGiven, isAny, etags);

    /// <summary>For acts that mean the same whatever was there before.</summary>
    public static Precondition Any { get; } = new(isGiven: true, isAny: true, []);

    /// <summary>Whether the header is there at all.</summary>
    public bool IsGiven { get; }

    /// <summary><c>*</c>: whatever its state, as long as there is one.</summary>
    public bool IsAny { get; }

    public static Precondition Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return new Precondition(isGiven: false, isAny: false, []);
        }

        // What cannot be read is no state of anything: it matches nothing, and is not taken for a missing header.
        _ = EntityTagHeaderValue.TryParseList(header.OfType<string>().ToList(), out var tags);
        tags ??= [];
        var strong = tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString()).ToList();
        return new Precondition(isGiven: true, strong.Contains("*"), strong);
    }

    /// <summary>Exactly this state: what a form was filled in about.</summary>
    public static Precondition Of(string etag) => new(isGiven: true, isAny: false, [etag]);

    /// <summary>Whether a thing of this state may be changed.</summary>
    public bool Holds(string etag) => IsAny || _etags.Contains(etag, StringComparer.Ordinal);
}
