namespace AliveMcp.Testing.Wire;

public static partial class Specimens
{
    /// <summary>A healthy server with these tools.</summary>
    public static Specimen WithTools(string name, params string[] tools) => Healthy.Named(name) with { Tools = tools };

    public static Specimen EmptyList { get; } = WithTools("an empty list");

    public static Specimen NamelessTool { get; } =
        WithTools("a nameless tool", FakeTools.Numbered(1), """{"inputSchema":{"type":"object"} }""");

    public static Specimen NoInputSchema { get; } =
        WithTools("no inputSchema", FakeTools.Numbered(1), """{"name":"bare"}""");

    public static Specimen SchemaWithoutType { get; } =
        WithTools(
            "a schema without type",
            FakeTools.Numbered(1),
            """{"name":"loose","inputSchema":{"properties":{} } }"""
        );

    public static Specimen DuplicateTool { get; } =
        WithTools("a duplicate tool", FakeTools.Numbered(1), FakeTools.Numbered(1));

    /// <summary>Answers <c>tools/list</c> with a result of one's own.</summary>
    public static Specimen Lists(string name, string result) =>
        Healthy.Named(name).On("tools/list", call => call.ResultAsync(result));

    public static Specimen ListNoArray { get; } = Lists("a list without tools", "{}");

    public static Specimen ListAsObject { get; } = Lists("tools as an object", """{"tools":{"a":{} } }""");

    public static Specimen ListFails { get; } =
        Healthy.Named("the list fails").On("tools/list", call => call.ErrorAsync(-32603, "database is gone"));

    public static Specimen ListUnauthorized { get; } =
        Healthy
            .Named("the list says unauthorized")
            .On("tools/list", call => call.ErrorAsync(-32001, "Unauthorized: token missing"));

    public static Specimen List500 { get; } =
        Healthy.Named("the list is a 500").On("tools/list", call => call.StatusAsync(500));

    public static Specimen ListHtml { get; } =
        Healthy.Named("the list is HTML").On("tools/list", call => call.BodyAsync(200, "text/html", "<html>"));

    public static Specimen ListHangs { get; } =
        Healthy.Named("the list hangs").On("tools/list", call => call.HangAsync());

    public static Specimen ListResets { get; } =
        Healthy.Named("the list resets").On("tools/list", call => call.ResetAsync());

    public static Specimen ListHuge { get; } =
        Lists(
            "a huge list",
            $$"""{"tools":[{"name":"big","description":"{{new string('x', 5 * 1024 * 1024)}}","inputSchema":{"type":"object"} }]}"""
        );

    public static Specimen ListTooDeep { get; } =
        Lists(
            "a list nested too deep",
            $$"""{"tools":[{"name":"deep","inputSchema":{"type":"object","x":{{new string('[', 100)}}{{new string(']', 100)}} } }]}"""
        );

    public static Specimen ListSlow { get; } =
        Healthy
            .Named("a slow list")
            .On(
                "tools/list",
                async call =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, call.Gone);
                    await call.BehaveAsync();
                }
            );

    /// <summary>Pages of three tools, by cursors of one's own; the last page has none.</summary>
    public static Specimen Pages(string name, params string[] cursors) =>
        Healthy
            .Named(name)
            .On(
                "tools/list",
                call =>
                {
                    var page = call.Cursor is { } cursor ? Array.IndexOf(cursors, cursor) + 1 : 0;
                    var tools = string.Join(',', Enumerable.Range(page * 3, 3).Select(FakeTools.Numbered));
                    var next = page < cursors.Length ? $",\"nextCursor\":\"{cursors[page]}\"" : "";
                    return call.ResultAsync($$"""{"tools":[{{tools}}]{{next}}}""");
                }
            );

    public static Specimen ThreePages { get; } = Pages("three pages", "a", "b");

    /// <summary>A cursor of <c>""</c> is a cursor.</summary>
    public static Specimen EmptyCursor { get; } = Pages("an empty cursor", "");

    public static Specimen NullCursor { get; } =
        Lists("a null cursor", $$"""{"tools":[{{FakeTools.Numbered(1)}}],"nextCursor":null}""");

    /// <summary>A cursor of a kind that no client can send back.</summary>
    public static Specimen OddCursor(string cursor) =>
        Lists($"a cursor {cursor}", $$"""{"tools":[{{FakeTools.Numbered(1)}}],"nextCursor":{{cursor}}}""");

    /// <summary>In the discover era, a list with a <c>resultType</c> of one's own.</summary>
    public static Specimen ListResultType(string type) =>
        HealthyDiscover
            .Named($"a list of resultType {type}")
            .On(
                "tools/list",
                call => call.ResultAsync($$"""{"resultType":{{type}},"tools":[{{FakeTools.Numbered(1)}}]}""")
            );

    public static Specimen RepeatedCursor { get; } =
        Healthy
            .Named("a repeated cursor")
            .On(
                "tools/list",
                call =>
                    call.ResultAsync(
                        $$"""{"tools":[{{FakeTools.Named($"tool_{call.Server.Requests.Count}")}}],"nextCursor":"again"}"""
                    )
            );

    public static Specimen RepeatedPage { get; } =
        Healthy
            .Named("a repeated page")
            .On(
                "tools/list",
                call =>
                    call.ResultAsync(
                        $$"""{"tools":[{{FakeTools.Numbered(1)}}],"nextCursor":"{{call.Server.Requests.Count}}"}"""
                    )
            );

    public static Specimen EmptyPages { get; } =
        Healthy
            .Named("empty pages for ever")
            .On(
                "tools/list",
                call => call.ResultAsync($$"""{"tools":[],"nextCursor":"{{call.Server.Requests.Count}}"}""")
            );

    /// <summary>Always one more page with one more tool.</summary>
    public static Specimen MorePages { get; } =
        Healthy
            .Named("always one more page")
            .On(
                "tools/list",
                call =>
                    call.ResultAsync(
                        $$"""{"tools":[{{FakeTools.Named($"tool_{call.Server.Requests.Count}")}}],"nextCursor":"{{call.Server.Requests.Count}}"}"""
                    )
            );

    public static Specimen SecondPageHangs { get; } =
        Healthy
            .Named("the second page hangs")
            .On(
                "tools/list",
                call =>
                    call.Cursor is null
                        ? call.ResultAsync($$"""{"tools":[{{FakeTools.Numbered(1)}}],"nextCursor":"2"}""")
                        : call.HangAsync()
            );
}
