using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>Whether a tool may be called every minute: the server's own list says that it only reads, or the owner vouches for the call.</summary>
internal static class CallPermission
{
    /// <summary>Why not; null when it may.</summary>
    /// <param name="named">All tools of that name. Which of them a call reaches nobody can say, so each must be harmless.</param>
    public static string? WhyNot(TestCall call, IEnumerable<JsonElement> named) =>
        call.AllowListed ? null : named.Select(WhyNot).FirstOrDefault(why => why is not null);

    private static string? WhyNot(JsonElement tool)
    {
        var annotations = Json.Member(tool, "annotations", JsonValueKind.Object) ?? default;
        return Hint(annotations, "destructiveHint") is JsonValueKind.True
                ? "not called: its annotations say destructiveHint, and the owner does not vouch for the call"
            : Hint(annotations, "readOnlyHint") is JsonValueKind.True ? null
            : "not called: expected the annotation readOnlyHint true, or the owner to vouch for the call, got neither";
    }

    private static JsonValueKind Hint(JsonElement annotations, string name) =>
        JsonMembers.TryFind(annotations, name, out var hint) ? hint.ValueKind : JsonValueKind.Undefined;
}
