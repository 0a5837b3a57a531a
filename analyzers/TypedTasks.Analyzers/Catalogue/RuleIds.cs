namespace TypedTasks.Analyzers;

/// <summary>Every rule's id. An id is for ever: a rule that goes leaves its number unused.</summary>
internal static class RuleIds
{
    public const string ContractUnusable = "TT101";
    public const string ReturnTypeUnsupported = "TT102";
    public const string ParameterNotPassable = "TT103";
    public const string GenericTask = "TT104";
    public const string MemberNotTask = "TT105";
    public const string TaskNameTwice = "TT106";
    public const string TrailingParameterMisplaced = "TT107";
    public const string AttributeValueInvalid = "TT108";
    public const string DefaultFrozen = "TT109";
    public const string HandlerUnusable = "TT110";
    public const string BaseNotContract = "TT111";

    public const string QueueUndeclared = "TT201";
    public const string WireNameIllegal = "TT202";
    public const string QueueNameIllegal = "TT204";
    public const string NamesDifferByCase = "TT205";
    public const string DuplicateRoute = "TT207";
    public const string PlaceholderUnknown = "TT209";
    public const string NoWorker = "TT211";
    public const string TwoWorkers = "TT212";

    public const string PayloadNotSerializable = "TT301";
    public const string TypeCannotTravel = "TT302";
    public const string OpenPolymorphism = "TT303";
    public const string UnionInvalid = "TT304";
    public const string KeyCollision = "TT305";
    public const string SparseKeys = "TT306";
    public const string MemberLost = "TT307";
    public const string EntityAsPayload = "TT308";
    public const string AmbiguousTime = "TT309";
    public const string PayloadHidden = "TT312";
    public const string UnionIncomplete = "TT313";

    public const string SemanticsUndeclared = "TT401";
    public const string ContradictoryDeclaration = "TT402";
    public const string CouldBeIdempotent = "TT403";
    public const string UnsafeHttp = "TT410";
    public const string UnsafeInsert = "TT411";
    public const string ReadModifyWrite = "TT412";
    public const string UnsafeAppend = "TT413";
    public const string UnsafeNotification = "TT414";
    public const string SharedStateChange = "TT415";
    public const string UnsafeEnqueue = "TT416";
    public const string ProcessEffect = "TT417";
    public const string VolatileIdentity = "TT418";
    public const string VolatileContent = "TT419";
    public const string RerunFails = "TT420";
    public const string GuardNotAtomic = "TT421";
    public const string CrashWindow = "TT422";
    public const string FailureRepeatsEffect = "TT423";
    public const string FreshKey = "TT430";
    public const string UnstableScopeKey = "TT431";
    public const string KeyIgnoresParameters = "TT432";
    public const string KeyVolatile = "TT433";
    public const string KeyTypeUnfit = "TT434";
    public const string KeyAmbiguous = "TT435";
    public const string WindowTooShort = "TT436";
    public const string ScopeKeyReused = "TT437";
    public const string ScopeKeyLoopInvariant = "TT438";
    public const string DeclaredEffectWeaker = "TT440";
    public const string AttestationStale = "TT441";
    public const string AnnotateEffect = "TT442";
    public const string UnmodelledCall = "TT445";

    public const string AsyncVoid = "TT501";
    public const string WorkOutlivesTask = "TT502";
    public const string TokenNotObserved = "TT503";
    public const string SyncOverAsync = "TT504";
    public const string BlockingSleep = "TT505";
    public const string FailureSwallowed = "TT506";
    public const string ShutdownAsFailure = "TT507";
    public const string RetryOfPermanentError = "TT508";
    public const string UnboundedRetry = "TT509";
    public const string NestedRetry = "TT512";
    public const string MutableSingleton = "TT514";
    public const string HandlerWaits = "TT515";

    public const string NotInBaseline = "TT601";
    public const string TaskRemoved = "TT602";
    public const string RouteChanged = "TT603";
    public const string PlaceChanged = "TT604";
    public const string TypeChanged = "TT605";
    public const string RequiredAdded = "TT606";
    public const string RetiredReused = "TT607";
    public const string ResultChanged = "TT608";
    public const string EnumChanged = "TT609";
    public const string UnionTagChanged = "TT610";
    public const string IdempotencyWeakened = "TT611";
    public const string DeliveryChanged = "TT612";
    public const string BaselineUnreadable = "TT613";
    public const string Renamed = "TT615";

    public const string EnqueueNotAwaited = "TT701";
    public const string ResultNotKept = "TT702";
    public const string EnqueueInTransaction = "TT703";
    public const string UnsavedIdentity = "TT704";
    public const string EnqueueInLoop = "TT705";
    public const string HandlerCalledDirectly = "TT706";
    public const string LocalClock = "TT707";

    public const string LinkMismatch = "TT801";
    public const string JoinMismatch = "TT802";
    public const string AbsentResult = "TT803";
    public const string UnboundParameters = "TT804";
    public const string EndlessTask = "TT806";

    public const string AnalysisIncomplete = "TT901";
    public const string EffectFileBroken = "TT902";
    public const string VersionsDisagree = "TT903";
    public const string AnalyzerFailure = "TT904";
}
