namespace AliveMcp.Host.Tests.Routes;

/// <summary>A valid act for every form of the pages about alerts that changes something; beside <see cref="Acts"/>.</summary>
internal sealed class PageActs(ActScene scene, AlertScene alerts)
{
    public Dictionary<string, Func<Task<Act>>> All() =>
        Incidents().Concat(Sinks()).Concat(Rules()).Concat(Watched()).ToDictionary(StringComparer.Ordinal);

    private Dictionary<string, Func<Task<Act>>> Incidents() =>
        new(StringComparer.Ordinal)
        {
            ["POST /t/{tenant}/incidents/new"] = async () =>
                await FormAsync(
                    "incidents/new",
                    ("server", await scene.ServerAsync("""{ "url": "https://acts.example/mcp" }""")),
                    ("summary", "Answers are wrong"),
                    ("severity", "P2")
                ),
            ["POST /t/{tenant}/incidents/{id:long}/acknowledge"] = () => OnIncidentAsync("acknowledge"),
            ["POST /t/{tenant}/incidents/{id:long}/resolve"] = () => OnIncidentAsync("resolve"),
            ["POST /t/{tenant}/incidents/{id:long}/say"] = () => OnIncidentAsync("say", ("text", "We look.")),
            ["POST /t/{tenant}/incidents/{id:long}/exclude"] = () => OnIncidentAsync("exclude", ("reason", "planned")),
            ["POST /t/{tenant}/incidents/{id:long}/include"] = async () =>
                await FormAsync($"incidents/{await scene.ExcludedAsync()}/include"),
        };

    private Dictionary<string, Func<Task<Act>>> Sinks() =>
        new(StringComparer.Ordinal)
        {
            ["POST /t/{tenant}/sinks/new"] = () =>
                FormAsync(
                    "sinks/new",
                    ("kind", "slack"),
                    ("name", AlertScene.Name()),
                    ("url", "https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx")
                ),
            ["POST /t/{tenant}/sinks/{id:int}/verify"] = async () =>
                await FormAsync(
                    $"sinks/{(await alerts.ProvingAsync()).Path.Split('/')[4]}/verify",
                    ("code", "ABCD-EFGH")
                ),
            ["POST /t/{tenant}/sinks/{id:int}/again"] = () => OnSinkAsync(AlertScene.Slack(), "again"),
            ["POST /t/{tenant}/sinks/{id:int}/test"] = () => OnSinkAsync(AlertScene.Slack(), "test"),
            ["POST /t/{tenant}/sinks/{id:int}/rotate"] = () => OnSinkAsync(AlertScene.Hook(), "rotate"),
            ["POST /t/{tenant}/sinks/{id:int}/change"] = () =>
                OnSinkAsync(AlertScene.Slack(), "change", ("name", AlertScene.Name())),
            ["POST /t/{tenant}/sinks/{id:int}/remove"] = () => OnSinkAsync(AlertScene.Slack(), "remove"),
            ["POST /t/{tenant}/deliveries/{id:long}/redeliver"] = async () =>
                await FormAsync($"deliveries/{await alerts.SentAsync()}/redeliver"),
        };

    private Dictionary<string, Func<Task<Act>>> Rules() =>
        new(StringComparer.Ordinal)
        {
            ["POST /t/{tenant}/rules/new"] = async () =>
                await FormAsync("rules/new", ("name", AlertScene.Name()), ("sinks_0", await SinkAsync())),
            ["POST /t/{tenant}/rules/{id:int}"] = () => OnRuleAsync(""),
            ["POST /t/{tenant}/rules/{id:int}/remove"] = () => OnRuleAsync("/remove"),
        };

    private Dictionary<string, Func<Task<Act>>> Watched() =>
        new(StringComparer.Ordinal)
        {
            ["POST /t/{tenant}/maintenance/plan"] = async () =>
                await FormAsync(
                    "maintenance/plan",
                    ("which", await scene.ServerAsync("""{ "url": "https://acts.example/mcp" }""")),
                    ("from", "2031-01-01T00:00"),
                    ("to", "2031-01-01T01:00")
                ),
            ["POST /t/{tenant}/maintenance/cancel"] = async () =>
            {
                var window = (await scene.MaintainedAsync()).Split('/');
                return await FormAsync("maintenance/cancel", ("window", window[2]));
            },
            ["POST /t/{tenant}/servers/{slug}/alerts"] = async () =>
            {
                var (slug, etag) = await scene.StateAsync();
                return await FormAsync($"servers/{slug}/alerts", ("etag", etag), ("recover", "3"));
            },
        };

    private async Task<Act> OnIncidentAsync(string act, params (string Name, string Value)[] fields) =>
        await FormAsync($"incidents/{await scene.IncidentAsync()}/{act}", fields);

    private async Task<Act> OnSinkAsync(string wish, string act, params (string Name, string Value)[] fields)
    {
        var sink = await alerts.VerifiedAsync(wish);
        return await FormAsync($"sinks/{sink}/{act}", [("etag", $"\"{sink}-1\""), .. fields]);
    }

    private async Task<Act> OnRuleAsync(string act)
    {
        var rule = await alerts.RuleAsync();
        return await FormAsync(
            $"rules/{rule}{act}",
            ("etag", $"\"{rule}-1\""),
            ("name", AlertScene.Name()),
            ("sinks_0", await SinkAsync())
        );
    }

    private Task<string> SinkAsync() => alerts.VerifiedAsync(AlertScene.Slack());

    private Task<Act> FormAsync(string path, params (string Name, string Value)[] fields) =>
        scene.FormAsync(
            "/t/alice/" + path,
            fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)
        );
}
