using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Tenancy.Permissions;

namespace AliveMcp.Host.Tests.Routes;

/// <summary><c>docs/permissions.md</c>, made from the routes and the table.</summary>
internal static partial class PermissionsPage
{
    private static readonly Layer[] Layers = [Layer.Stranger, Layer.TenantOperator, Layer.RootOperator, Layer.Auditor];

    public static string Write(IReadOnlyList<HostRoute> routes)
    {
        var page = new StringBuilder(
            """
            # Permissions

            Who may do what, generated from the routes of the Host and from `PermissionTable`; a test compares. To make it anew:
            `ALIVEMCP_WRITE_DOCS=1 tests/AliveMcp.Host.Tests/bin/Debug/net10.0/AliveMcp.Host.Tests --filter-class '*PermissionsPageTests'`.

            Another tenant's things are not found, before any permission is asked. A suspended tenant reads and exports; nothing else.
            A tenant operator acts for one tenant; a root operator and an auditor of the whole install name it in `AliveMCP-Tenant`.
            Keys have the scopes read, write and admin, each including those before it.

            ## Permissions


            """
        );
        page.AppendLine(
            "| permission | owner | admin | editor | viewer | billing | key | tenant operator | root operator | auditor |"
        );
        page.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in PermissionTable.Rows)
        {
            var roles = Enum.GetValues<Role>().Select(role => Mark(row.Roles.Contains(role)));
            var layers = Layers[1..].Select(layer => Mark(row.Layers.Contains(layer)));
            page.AppendLine($"| `{row.Permission}` | {string.Join(" | ", [.. roles, row.Scope ?? "", .. layers])} |");
        }

        page.AppendLine().AppendLine("## Routes").AppendLine();
        page.AppendLine("| route | permission | stranger | customer | tenant operator | root operator | auditor |");
        page.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var route in routes.Where(route => !route.IsOpen))
        {
            var customer = string.Join(", ", PermissionTable.Of(route.Policy!).Roles.Select(PermissionWords.Word));
            var layers = Layers.Select(layer => Mark(route.MayBeUsedBy(layer))).ToList();
            page.AppendLine(
                $"| `{route}` | `{route.Policy}` | {layers[0]} | {customer} | {string.Join(" | ", layers[1..])} |"
            );
        }

        page.AppendLine().AppendLine("## Open to everybody").AppendLine();
        page.AppendLine("| route | why |").AppendLine("|---|---|");
        foreach (
            var path in routes.Where(route => route.IsOpen).GroupBy(route => Unhashed().Replace(route.Path, ".*."))
        )
        {
            var methods = string.Join(
                ", ",
                path.Select(route => route.Method).Distinct().Order(StringComparer.Ordinal)
            );
            page.AppendLine($"| {methods} `{path.Key}` | {OpenRoutes.ReasonOf(path.First().Path)} |");
        }

        return page.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The name of a file changes with what it holds; the page does not.</summary>
    [GeneratedRegex(@"\.[0-9a-f]{12}\.", RegexOptions.NonBacktracking)]
    private static partial Regex Unhashed();

    private static string Mark(bool may) => may ? "yes" : "";
}
