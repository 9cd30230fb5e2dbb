using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace AliveMcp.Testing.Sinks;

/// <summary>PagerDuty's Events API v2: events of one key are one incident; faults are told with their fields.</summary>
public sealed class FakePagerDuty : FakePlace
{
    public const string RoutingKey = "R0123456789ABCDEFGHIJKLMNOPQRSTU";

    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    private FakePagerDuty() { }

    /// <summary>Incidents by their key: triggered, acknowledged or resolved.</summary>
    public ConcurrentDictionary<string, string> Incidents { get; } = new();

    public static async Task<FakePagerDuty> StartAsync()
    {
        var service = new FakePagerDuty();
        await service.ListenAsync();
        return service;
    }

    protected override FakeReply Answer(TakenRequest request)
    {
        if (request.Method != "POST" || request.Path != "/v2/enqueue")
        {
            return new FakeReply(404, """{"status":"Not Found"}""");
        }

        if (request.Json is not { } told || Fault(told) is not null)
        {
            return Invalid(request.Json is null ? "JSON is malformed" : Fault(request.Json)!);
        }

        var key = (string?)told["dedup_key"] ?? Guid.NewGuid().ToString("N");
        switch ((string)told["event_action"]!)
        {
            case "trigger":
                Incidents.AddOrUpdate(key, "triggered", (_, was) => was == "resolved" ? "triggered" : was);
                break;
            case "acknowledge":
                Incidents.TryUpdate(key, "acknowledged", "triggered");
                break;
            default:
                if (Incidents.ContainsKey(key))
                {
                    Incidents[key] = "resolved";
                }

                break;
        }

        var taken = new JsonObject
        {
            ["status"] = "success",
            ["message"] = "Event processed",
            ["dedup_key"] = key,
        };
        return new FakeReply(202, taken.ToJsonString());
    }

    private static string? Fault(JsonObject told)
    {
        if ((string?)told["routing_key"] != RoutingKey)
        {
            return "'routing_key' is invalid";
        }

        if ((string?)told["event_action"] is not ("trigger" or "acknowledge" or "resolve"))
        {
            return "'event_action' is invalid";
        }

        if (((string?)told["dedup_key"])?.Length > 255)
        {
            return "'dedup_key' is too long (maximum is 255 characters)";
        }

        if ((string?)told["event_action"] != "trigger")
        {
            return told["dedup_key"] is null ? "'dedup_key' is missing" : null;
        }

        return told["payload"] is not JsonObject payload ? "'payload' is missing or blank" : PayloadFault(payload);
    }

    private static string? PayloadFault(JsonObject payload) =>
        (string?)payload["summary"] is not { Length: > 0 and <= 1024 } ? "'payload.summary' is invalid"
        : string.IsNullOrEmpty((string?)payload["source"]) ? "'payload.source' is missing or blank"
        : !Severities.Contains((string?)payload["severity"]) ? "'payload.severity' is invalid"
        : null;

    private static FakeReply Invalid(string why) =>
        new(
            400,
            new JsonObject
            {
                ["status"] = "invalid event",
                ["message"] = "Event object is invalid",
                ["errors"] = new JsonArray { why },
            }.ToJsonString()
        );
}
