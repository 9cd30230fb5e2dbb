using System.Text.Json.Serialization;
using AliveMcp.Archive.History;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.ApiKeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Archive.Drift;

internal static class DriftEndpoints
{
    private const int Most = 100;

    public static void MapDriftEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/servers/{slug}/drift", ListAsync).WithTags("contract").RefusingBadTokens().WithName("list_drift");

    /// <summary>The newest declared changes of a server's contract, newest first. last: 1 to 100, 20 unless told.</summary>
    private static async Task<object> ListAsync(
        string slug,
        ServerQueries servers,
        DeclaredDrifts declared,
        CancellationToken cancellationToken,
        int last = 20
    )
    {
        if (await servers.ResolveAsync(slug, cancellationToken) is not { } server)
        {
            return MinuteProblems.NoServer(slug);
        }

        if (last is < 1 or > Most)
        {
            return MinuteProblems.LastOutOfRange(last, Most);
        }

        var drifts = await declared.NewestAsync(server, last, cancellationToken);
        var answer = new DriftAnswer(slug, [.. drifts.Select(DriftLine.Of)]);
        return Results.Json(answer, DriftJson.Default.DriftAnswer);
    }
}

/// <summary>How drift is spelled in the API: snake_case, kinds and classes by their public words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DriftAnswer))]
internal sealed partial class DriftJson : JsonSerializerContext;

/// <summary>Answer of <c>GET /servers/{slug}/drift</c>, the newest first.</summary>
internal sealed record DriftAnswer(string Slug, IReadOnlyList<DriftLine> Drift);

/// <summary>One declared change.</summary>
internal sealed record DriftLine(
    string Minute,
    string Kind,
    IReadOnlyList<string> Classes,
    string FromHash,
    string ToHash,
    int ChangeCount,
    IReadOnlyList<PanelChange> Changes
)
{
    public static DriftLine Of(DeclaredDrift drift) =>
        new(
            drift.Minute.ToString(),
            drift.Kind,
            drift.Classes,
            drift.FromHash,
            drift.ToHash,
            drift.ChangeCount,
            drift.Changes
        );
}
