namespace AliveMcp.Tenancy.Permissions;

/// <summary>How layers and roles are spelled wherever they are written down.</summary>
public static class PermissionWords
{
    /// <summary>By their word: <c>stranger</c>, <c>customer</c>, <c>tenant_operator</c>, <c>root_operator</c>, <c>auditor</c>.</summary>
    public static IReadOnlyDictionary<string, Layer> Layers { get; } =
        new Dictionary<string, Layer>(StringComparer.Ordinal)
        {
            ["stranger"] = Layer.Stranger,
            ["customer"] = Layer.Customer,
            ["tenant_operator"] = Layer.TenantOperator,
            ["root_operator"] = Layer.RootOperator,
            ["auditor"] = Layer.Auditor,
        };

    /// <summary>By their word: <c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>, <c>billing</c>.</summary>
    public static IReadOnlyDictionary<string, Role> Roles { get; } =
        new Dictionary<string, Role>(StringComparer.Ordinal)
        {
            ["owner"] = Role.Owner,
            ["admin"] = Role.Admin,
            ["editor"] = Role.Editor,
            ["viewer"] = Role.Viewer,
            ["billing"] = Role.Billing,
        };

    public static string Word(Layer layer) => Layers.First(pair => pair.Value == layer).Key;

    public static string Word(Role role) => Roles.First(pair => pair.Value == role).Key;
}
