using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.Requests;

namespace AliveMcp.Alerting.Sinks;

/// <summary>What a tenant chooses for a sink of one kind, and how that is shown without telling what is secret.</summary>
internal interface ISinkSettings
{
    SinkKind Kind { get; }

    /// <summary>The fields of the API's body that are this kind's own.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>
    /// Those of them that are no secret, with the name that each has in the settings: a file may hold them. All others are given to a file by
    /// reference.
    /// </summary>
    IReadOnlyDictionary<string, string> OpenFields => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Reads all of them.</summary>
    /// <returns>Null when the body has problems; they stand in it, each by its field, never with a value that may be secret.</returns>
    SinkWish? Read(BodyFields body);

    /// <summary>Where it leads, in words for people who know the place: <c>hooks.slack.com, workspace T024BE7LD</c>.</summary>
    string Describe(JsonElement settings);
}

/// <summary>Settings as they are to be stored.</summary>
/// <param name="Settings">What is not secret.</param>
/// <param name="Secret">What is; goes to the vault. Null: there is nothing secret.</param>
internal sealed record SinkWish(JsonObject Settings, byte[]? Secret)
{
    /// <summary>What messages are signed with; null: this kind signs nothing.</summary>
    public byte[]? Key { get; init; }

    /// <summary>A secret that we made and the tenant needs: told once, in the answer.</summary>
    public string? Shown { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => "SinkWish";
}
