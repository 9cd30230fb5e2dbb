using System.Text;
using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.StatusPages.Subscribers;

/// <summary>The page on which visitors subscribe. It knows nobody: no cookie, no session; what a form asks is asked again at the place itself.</summary>
internal sealed class SubscribeAnswers(PublicStandings standings, SubscriptionDesk desk, PageRenderer renderer)
{
    private const int LargestForm = 4 * 1024;

    public async Task ShowAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } server)
        {
            await AnswerAsync(context, View(server), StatusCodes.Status200OK);
        }
    }

    public async Task TakeAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } server)
        {
            return;
        }

        var view = View(server);
        if (IsFromElsewhere(context.Request) || await ReadAsync(context) is not { } form)
        {
            var fault = new Problem("form_invalid", "This was not sent by this page's own form. Send it from here.");
            await AnswerAsync(context, view with { Fault = fault }, StatusCodes.Status400BadRequest);
            return;
        }

        var (email, webhook) = (form.GetValueOrDefault("email"), form.GetValueOrDefault("webhook"));
        var wished = desk.Read(email, webhook);
        var problem = wished.TryGet(out var wish)
            ? await desk.AskAsync(server, wish, Visitor.Of(context).Network, context.RequestAborted)
            : wished.Problems[0];
        if (problem is null)
        {
            await AnswerAsync(context, view with { Next = wish!.Next }, StatusCodes.Status200OK);
            return;
        }

        await AnswerAsync(
            context,
            view with
            {
                Fault = problem,
                Email = email,
                Webhook = webhook,
            },
            problem.Code.EndsWith("too_many", StringComparison.Ordinal)
                ? StatusCodes.Status429TooManyRequests
                : StatusCodes.Status422UnprocessableEntity
        );
    }

    private async Task<ListedServer?> FindAsync(HttpContext context)
    {
        var slug = (string?)context.Request.RouteValues["slug"];
        var (standing, couldSay) = await standings.FindAsync(slug, context.RequestAborted);
        if (standing is null)
        {
            await (await (couldSay ? renderer.NotFoundAsync() : renderer.UnavailableAsync())).WriteAsync(context);
        }

        return standing?.Listing;
    }

    private SubscribeView View(ListedServer server) => new() { Server = server, Ways = desk.Ways };

    private async Task AnswerAsync(HttpContext context, SubscribeView view, int status) =>
        await (await renderer.SubscribeAsync(view, status)).WriteAsync(context);

    /// <summary>A page of somebody else's does not borrow its visitors' networks for asking. Programs say nothing, and are counted by theirs.</summary>
    private static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site != "same-origin";

    /// <returns>Null: it is no form, or too long.</returns>
    private static async Task<IReadOnlyDictionary<string, string>?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasFormContentType || request.ContentLength is not (>= 0 and <= LargestForm))
        {
            return null;
        }

        using var reader = new FormReader(request.Body, Encoding.UTF8)
        {
            KeyLengthLimit = 100,
            ValueLengthLimit = LargestForm,
            ValueCountLimit = 10,
        };
        try
        {
            var read = await reader.ReadFormAsync(context.RequestAborted);
            return read.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

internal static class SubscribeRoutes
{
    public static void MapSubscribers(this IEndpointRouteBuilder routes)
    {
        var subscribe = routes.ServiceProvider.GetRequiredService<SubscribeAnswers>();
        routes.MapGet(SubscribePaths.Pattern, subscribe.ShowAsync).AllowAnonymous().ExcludeFromDescription();
        routes
            .MapPost(SubscribePaths.Pattern, subscribe.TakeAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }
}
