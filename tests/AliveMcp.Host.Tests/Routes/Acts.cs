namespace AliveMcp.Host.Tests.Routes;

/// <summary>
/// A valid act for every route that changes something, each on things of its own. A new route needs a line here, or a reason among those that
/// leave no row in the audit trail.
/// </summary>
internal sealed class Acts(ActScene scene, AlertScene alerts)
{
    private const string Server = """{ "url": "https://acts.example/mcp" }""";

    private const string Visitor = "a visitor's subscription is no tenant's to read, not even in its trail";

    /// <summary>Routes that leave no row, and why.</summary>
    public static IReadOnlyDictionary<string, string> Untold { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POST /api/v1/servers/{slug}/look"] = "a look for a person leaves no trace",
            ["POST /alerts/stop/{link}"] =
                "its token is sealed for the worker alone: tried with its row beside its room",
            ["POST /api/v1/status/{slug}/subscriptions"] = Visitor,
            ["POST /status/{slug}/subscribe"] = Visitor,
            ["POST /alerts/subscriptions/confirm/{token}"] = Visitor,
            ["POST /alerts/subscriptions/stop/{token}"] = Visitor,
            ["POST /sign-in"] = "asks for a letter, and says the same for every address: nothing is changed yet",
        };

    /// <returns>Null: nobody wrote one.</returns>
    public Func<Task<Act>>? Of(HostRoute route) =>
        new[]
        {
            Api(),
            Incidents(),
            new AlertActs(scene, alerts).All(),
            Pages(),
            new PageActs(scene, alerts).All(),
            Door(),
        }
            .Select(some => some.GetValueOrDefault(route.ToString()))
            .FirstOrDefault(one => one is not null);

    private Dictionary<string, Func<Task<Act>>> Api() =>
        new(StringComparer.Ordinal)
        {
            ["POST /api/v1/invitations"] = () =>
                Of("/api/v1/invitations", $$"""{ "email": "{{scene.Name()}}@example.com", "role": "viewer" }"""),
            ["DELETE /api/v1/invitations/{id:int}"] = () =>
                After(scene.InvitationAsync, id => $"/api/v1/invitations/{id}"),
            ["POST /api/v1/keys"] = () => Of("/api/v1/keys", """{ "name": "another" }"""),
            ["DELETE /api/v1/keys/{id:int}"] = () => After(scene.KeyAsync, id => $"/api/v1/keys/{id}"),
            ["DELETE /api/v1/members/{id:int}"] = () => After(scene.MemberAsync, id => $"/api/v1/members/{id}"),
            ["PATCH /api/v1/members/{id:int}"] = () =>
                After(scene.MemberAsync, id => $"/api/v1/members/{id}", """{ "role": "editor" }"""),
            ["POST /api/v1/servers"] = () =>
                Of("/api/v1/servers", $$"""{ "slug": "{{scene.Name()}}", "url": "https://acts.example/mcp" }"""),
            ["POST /api/v1/servers/apply"] = () =>
                Of(
                    "/api/v1/servers/apply",
                    $$"""{ "servers": [{ "slug": "{{scene.Name()}}", "url": "https://acts.example/mcp" }] }"""
                ),
            ["POST /api/v1/servers/import"] = () =>
                Of(
                    "/api/v1/servers/import?dry_run=false",
                    $$"""{ "mcpServers": { "{{scene.Name()}}": { "url": "https://{{scene.Name()}}.example/mcp", "type": "http" } } }"""
                ),
            ["DELETE /api/v1/servers/{slug}"] = () => OnServer(""),
            ["PATCH /api/v1/servers/{slug}"] = () => OnServer("", """{ "cadence": 5 }"""),
            ["PUT /api/v1/servers/{slug}"] = () => OnServer("", """{ "url": "https://other.example/mcp" }"""),
            ["PUT /api/v1/servers/{slug}/credential"] = () => OnServer("/credential", ActScene.Credential),
            ["DELETE /api/v1/servers/{slug}/credential"] = () =>
                After(scene.GuardedAsync, slug => $"/api/v1/servers/{slug}/credential"),
            ["PUT /api/v1/servers/{slug}/expectations"] = () =>
                OnServer("/expectations", """{ "expects": "protected" }"""),
            ["POST /api/v1/maintenance"] = () => Of("/api/v1/maintenance", ActScene.WideWindow),
            ["DELETE /api/v1/maintenance/{id:int}"] = () =>
                After(scene.WidelyMaintainedAsync, id => "/api/v1/maintenance/" + id),
            ["POST /api/v1/servers/{slug}/maintenance"] = () => OnServer("/maintenance", ActScene.Window),
            ["DELETE /api/v1/servers/{slug}/maintenance/{id:int}"] = () =>
                After(scene.MaintainedAsync, path => "/api/v1/servers/" + path),
            ["POST /api/v1/servers/{slug}/pause"] = () => OnServer("/pause", "{}"),
            ["POST /api/v1/servers/{slug}/resume"] = () =>
                After(scene.PausedAsync, slug => $"/api/v1/servers/{slug}/resume", "{}"),
            ["PUT /api/v1/servers/{slug}/slo"] = () => OnServer("/slo", ActScene.Objective),
            ["DELETE /api/v1/servers/{slug}/slo"] = () =>
                After(scene.PromisedAsync, slug => $"/api/v1/servers/{slug}/slo"),
            ["PATCH /api/v1/tenant"] = () => Of("/api/v1/tenant", $$"""{ "name": "{{scene.Name()}}" }"""),
            ["PUT /api/v1/operator/tenants/{tenant}/standing"] = () =>
                scene.ByOperatorAsync(
                    "/api/v1/operator/tenants/bob/standing",
                    """{ "status": "past_due", "reason": "why" }"""
                ),
        };

    private Dictionary<string, Func<Task<Act>>> Incidents() =>
        new(StringComparer.Ordinal)
        {
            ["POST /api/v1/incidents"] = async () =>
                new Act("/api/v1/incidents", ActScene.IncidentOf(await scene.ServerAsync(Server))),
            ["POST /api/v1/incidents/{id:long}/acknowledge"] = () => OnIncident("acknowledge"),
            ["POST /api/v1/incidents/{id:long}/exclude"] = () => OnIncident("exclude", """{ "reason": "planned" }"""),
            ["POST /api/v1/incidents/{id:long}/include"] = () =>
                After(scene.ExcludedAsync, id => $"/api/v1/incidents/{id}/include", "{}"),
            ["POST /api/v1/incidents/{id:long}/notes"] = () => OnIncident("notes", """{ "text": "We look." }"""),
            ["POST /api/v1/incidents/{id:long}/resolve"] = () => OnIncident("resolve"),
            ["POST /api/v1/incidents/{id:long}/updates"] = () => OnIncident("updates", """{ "text": "We look." }"""),
        };

    private Dictionary<string, Func<Task<Act>>> Pages() =>
        new(StringComparer.Ordinal)
        {
            ["POST /account/name"] = () => Form("/account/name", ("name", "Alice B.")),
            ["POST /account/second-factor"] = () => scene.EnrollingAsync(),
            ["POST /account/second-factor/codes"] = () => scene.WithCodeAsync("/account/second-factor/codes"),
            ["POST /account/second-factor/off"] = () => scene.WithCodeAsync("/account/second-factor/off"),
            ["POST /account/sessions/end"] = () => scene.OtherSessionAsync(),
            ["POST /account/sessions/end-others"] = () => Form("/account/sessions/end-others"),
            ["POST /t/{tenant}/keys/issue"] = () => Form("/t/alice/keys/issue", ("name", "by hand"), ("scope", "read")),
            ["POST /t/{tenant}/keys/revoke"] = () => FormAfter(scene.KeyAsync, "/t/alice/keys/revoke", "key"),
            ["POST /t/{tenant}/members/invite"] = () =>
                Form("/t/alice/members/invite", ("email", scene.Name() + "@example.com"), ("role", "viewer")),
            ["POST /t/{tenant}/members/leave"] = () => scene.LeavingAsync(),
            ["POST /t/{tenant}/members/remove"] = () =>
                FormAfter(scene.MemberAsync, "/t/alice/members/remove", "person"),
            ["POST /t/{tenant}/members/role"] = () =>
                FormAfter(scene.MemberAsync, "/t/alice/members/role", "person", ("role", "admin")),
            ["POST /t/{tenant}/members/uninvite"] = () =>
                FormAfter(scene.InvitationAsync, "/t/alice/members/uninvite", "invitation"),
            ["POST /tenants"] = () => Form("/tenants", ("name", "Another"), ("slug", scene.Name())),
        };

    private Dictionary<string, Func<Task<Act>>> Door() =>
        new(StringComparer.Ordinal)
        {
            ["POST /sign-in/confirm"] = () => scene.WithLinkAsync(),
            ["POST /sign-in/owner"] = () => scene.WithOwnerLinkAsync(),
            ["POST /sign-in/code"] = () => scene.AwaitingCodeAsync(),
            ["POST /sign-out"] = () => Form("/sign-out"),
            ["POST /invitation"] = () => scene.InvitedAsync(hasAccount: true),
            ["POST /invitation/enter"] = () => scene.InvitedAsync(hasAccount: false),
        };

    private static Task<Act> Of(string path, string? body = null) => Task.FromResult(new Act(path, body));

    private Task<Act> Form(string path, params (string Name, string Value)[] fields) =>
        scene.FormAsync(path, fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal));

    private async Task<Act> FormAfter(
        Func<Task<string>> made,
        string path,
        string field,
        params (string Name, string Value)[] fields
    ) => await Form(path, [(field, await made()), .. fields]);

    private static async Task<Act> After(Func<Task<string>> made, Func<string, string> path, string? body = null) =>
        new(path(await made()), body);

    private Task<Act> OnIncident(string act, string body = "{}") =>
        After(scene.IncidentAsync, id => $"/api/v1/incidents/{id}/{act}", body);

    private Task<Act> OnServer(string rest, string? body = null) =>
        After(() => scene.ServerAsync(Server), slug => $"/api/v1/servers/{slug}{rest}", body);
}
