using System.Text.Json.Serialization;
using AliveMcp.Alerting.Suppression;
using AliveMcp.Tenancy.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AliveMcp.Alerting.Deliveries;

/// <summary>How alerts fare, for operators. None of it is any customer's, and nothing in it names one.</summary>
internal static class OperatorAlertEndpoints
{
    private const int Shown = 100;

    public static void MapOperatorAlerts(this RouteGroupBuilder api) =>
        api.MapGet("/operator/alerts", ReadAsync)
            .WithTags("operator")
            .RequireAuthorization(Can.ReadAlarms)
            .WithName("get_operator_alerts")
            .WithSummary("How far alerts are behind, what was given up, alarms and clusters, the newest first.")
            .Produces<OperatorAlerts>();

    private static async Task<IResult> ReadAsync(
        AlertBacklog backlog,
        OperatorAlarms alarms,
        ClusterQueries clusters,
        CancellationToken cancellationToken
    ) =>
        Results.Json(
            new OperatorAlerts(
                await backlog.ReadAsync(cancellationToken),
                await alarms.NewestAsync(Shown, cancellationToken),
                await clusters.NewestAsync(Shown, cancellationToken)
            ),
            OperatorJson.Default.OperatorAlerts
        );
}

/// <summary>How alerts fare.</summary>
/// <param name="Backlog">How far the pipeline is behind.</param>
/// <param name="Alarms">What must not happen and did; those that ended included.</param>
/// <param name="Clusters">Failures of many with one cause; as everybody may know them.</param>
internal sealed record OperatorAlerts(
    SeenBacklog Backlog,
    IReadOnlyList<SeenAlarm> Alarms,
    IReadOnlyList<PublicCluster> Clusters
);

/// <summary>How it is spelled in the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OperatorAlerts))]
internal sealed partial class OperatorJson : JsonSerializerContext;
