namespace AliveMcp.Host.Tests.Routes;

/// <summary>A valid act for every route about sinks, rules and deliveries that changes something; beside <see cref="Acts"/>.</summary>
internal sealed class AlertActs(ActScene scene, AlertScene alerts)
{
    public Dictionary<string, Func<Task<Act>>> All() =>
        new(StringComparer.Ordinal)
        {
            ["POST /api/v1/sinks"] = () => Task.FromResult(new Act("/api/v1/sinks", AlertScene.Slack())),
            ["PATCH /api/v1/sinks/{id:int}"] = () =>
                OnSinkAsync(alerts.SinkAsync(AlertScene.Slack()), "", $$"""{ "name": "{{AlertScene.Name()}}" }"""),
            ["DELETE /api/v1/sinks/{id:int}"] = () => OnSinkAsync(alerts.SinkAsync(AlertScene.Slack()), "", body: null),
            ["POST /api/v1/sinks/{id:int}/verify"] = alerts.ProvingAsync,
            ["POST /api/v1/sinks/{id:int}/verify/again"] = () =>
                OnSinkAsync(alerts.SinkAsync(AlertScene.Slack()), "/verify/again"),
            ["POST /api/v1/sinks/{id:int}/test"] = () => OnSinkAsync(alerts.VerifiedAsync(AlertScene.Slack()), "/test"),
            ["POST /api/v1/sinks/{id:int}/rotate-secret"] = () =>
                OnSinkAsync(alerts.VerifiedAsync(AlertScene.Hook()), "/rotate-secret"),
            ["POST /api/v1/rules"] = async () => new Act("/api/v1/rules", await alerts.RuleBodyAsync()),
            ["PUT /api/v1/rules/{id:int}"] = async () =>
                new Act($"/api/v1/rules/{await alerts.RuleAsync()}", await alerts.RuleBodyAsync()),
            ["DELETE /api/v1/rules/{id:int}"] = async () => new Act($"/api/v1/rules/{await alerts.RuleAsync()}"),
            ["POST /api/v1/deliveries/{id:long}/redeliver"] = async () =>
                new Act($"/api/v1/deliveries/{await alerts.SentAsync()}/redeliver", "{}"),
            ["POST /alerts/acknowledge/{link}"] = async () => await alerts.LinkedAsync(await scene.IncidentAsync()),
            ["POST /alerts/confirm/{link}"] = alerts.ConfirmingAsync,
        };

    private static async Task<Act> OnSinkAsync(Task<string> sink, string rest, string? body = "{}") =>
        new($"/api/v1/sinks/{await sink}{rest}", body);
}
